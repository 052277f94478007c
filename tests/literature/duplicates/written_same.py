"""Pairs written one by one: two records of one work."""

from tests.literature.duplicates.notation import written

PAIRS = written("""
# names of journals: same
Holm E | Carcinoid crisis during embolisation | BMJ | 2004 | 328(7443) | 801-803
Holm E | Carcinoid crisis during embolisation | British Medical Journal | 2004 | 328 | 801
Reyes C; Ng T | Late hepatic failure after lobar treatment | JAMA | 2001 | 285(4) | 421-429
Reyes C | Late hepatic failure after lobar treatment | Journal of the American Medical Association | 2001 | 285 | 421-9
Abe S | Splenic preservation in distal resection | Proc Natl Acad Sci U S A | 1996 | 93(4) | 1640-1644
Abe S | Splenic preservation in distal resection | Proceedings of the National Academy of Sciences of the U.S.A. | 1996 | 93 | 1640-1644
Voss P | Imaging of the pancreatic tail in practice | Dtsch Med Wochenschr | 1989 | 114(12) | 456-461
Voß P | Imaging of the pancreatic tail in practice | Deutsche Medizinische Wochenschrift | 1989 | 114 | 456
Costa R | Ectopic gastrin in early life | Arch Dis Child | 1977 | 52(2) | 133-137
Costa R | Ectopic gastrin in early life | Archives of Disease in Childhood | 1977 | 52 | 133-137
Ahmed Z | Bland embolisation or chemoembolisation | Cardiovasc Intervent Radiol | 2016 | 39(9) | 1283-1290
Ahmed Z | Bland embolisation or chemoembolisation | CardioVascular and Interventional Radiology | 2016 | 39 | 1283-1290
Lund T | Thrombosis after splenectomy in childhood | J Pediatr Surg | 2008 | 43(1) | 11-15
Lund T | Thrombosis after splenectomy in childhood | Journal of Paediatric Surgery | 2008 | 43 | 11-15
Ortega M | Hepatic vein sampling for gastrinoma | Ann Surg | 1992 | 215(1) | 8-18
Ortega M | Hepatic vein sampling for gastrinoma | Annals of surgery : a monthly review | 1992 | 215 | 8-18
Weber A | Resection margins and recurrence in the liver | Langenbecks Arch Surg | 2011 | 396(7) | 1017-1025
Weber A | Resection margins and recurrence in the liver | Langenbeck's Archives of Surgery | 2011 | 396 | 1017-1025
# names of people: same
Öberg-Lind K | Interferon in midgut carcinoid disease | Acta Oncol | 1991 | 30(4) | 519-522
Oeberg-Lind K | Interferon in midgut carcinoid disease | Acta Oncologica | 1991 | 30 | 519-522
van_Vliet FG; Smit J | Transplantation for endocrine cancers: who is selected | Liver Transpl | 2006 | 12(3) | 448-456
Vliet FG | Transplantation for endocrine cancers: who is selected | Liver Transplantation | 2006 | 12 | 448-456
d'Assy G | Whole body diffusion imaging in staging | Radiology | 2013 | 268(2) | 390-399
dʼAssy G | Whole body diffusion imaging in staging | Radiology | 2013 | 268 | 390-9
Bonaccio-Riva E | A single centre's view of transplantation | Transpl Int | 2010 | 23(7) | 668-678
Bonaccio E | A single centre's view of transplantation | Transplant International | 2010 | 23 | 668-678
Wei Zhang | Endoscopic ultrasound of small insulinomas | Endoscopy | 2012 | 44(6) | 571-576
Zhang Wei | Endoscopic ultrasound of small insulinomas | Endoscopy | 2012 | 44 | 571-576
=Nordic Liver Group | Registry of hepatic resections: the second report | HPB | 2014 | 16(5) | 423-430
=The Nordic Liver Group | Registry of hepatic resections: the second report | HPB (Oxford) | 2014 | 16 | 423-430
=Nordic Liver Group; Berg A | Criteria for listing in rare tumours | Am J Transplant | 2016 | 16(10) | 2892-2902
Berg A | Criteria for listing in rare tumours | American Journal of Transplantation | 2016 | 16 | 2892-2902
Frisk A | Surveillance after removal of the primary | Surgery | 2003 | 133(4) | 375-382
Frisk A et al. | Surveillance after removal of the primary | Surgery | 2003 | 133 | 375-382
Müller J | Cholecystectomy at the first operation | Eur J Surg | 1997 | 163(8) | 593-597
Mueller J | Cholecystectomy at the first operation | European Journal of Surgery | 1997 | 163 | 593-597
=Tanaka Y | Zollinger-Ellison syndrome without a visible tumour | Pancreas | 2005 | 30(1) | 12-17
Tanaka Y | Zollinger-Ellison syndrome without a visible tumour | Pancreas | 2005 | 30 | 12-17
# titles: same
Hall J | <i>MEN1</i> mutations &amp; age at first tumour | J Clin Endocrinol Metab | 2009 | 94(5) | 1826-1834
Hall J | MEN1 mutations and age at first tumor | J Clin Endocrinol Metab | 2009 | 94 | 1826-1834
Kern F | <sup>68</sup>Ga-DOTATOC PET/CT before operation | Eur J Nucl Med | 2012 | 39(2) | 250-257
Kern F | (68)Ga-DOTATOC PET-CT before operation | Eur J Nucl Med | 2012 | 39 | 250-257
Iyer S | α-Fetoprotein in tumours of mixed type | Cancer | 2000 | 88(1) | 20-26
Iyer S | Alpha-fetoprotein in tumors of mixed type | Cancer | 2000 | 88 | 20-26
Rey L | [Embolisation of the splenic artery: twelve patients] | Presse Med | 1994 | 23(10) | 470-474
Rey L | Embolization of the splenic artery: twelve patients | La Presse Médicale | 1994 | 23 | 470-474
Dale P | The management of portal biliopathy. A case report and review of the literature | Gut | 1999 | 45(6) | 920-924
Dale P | Management of portal biliopathy: case report and review of the literature | Gut | 1999 | 45 | 920-924
Cho Y | Giant haemangioma mimicking a metastasis: a case report | Korean J Radiol | 2006 | 7(3) | 210-213
Cho Y | Giant hemangioma mimicking a metastasis | Korean J Radiol | 2006 | 7 | 210-213
Bell R | Is follow-up for life needed? | Lancet | 1987 | 1(8530) | 446-448
Bell R | Is followup for life needed | The Lancet | 1987 | 1 | 446-448
Moss K | RETRACTED: Hepatic arterial infusion in carcinoid disease | J Surg Oncol | 2010 | 101(2) | 140-146
Moss K | Hepatic arterial infusion in carcinoid disease | J Surg Oncol | 2010 | 101 | 140-146
Lamb E | Prognosis of ileal tumours -- A population study | Gut | 2013 | 62(4) | 555-560
Lamb E | Prognosis of ileal tumours – a population study | Gut | 2013 | 62 | 555-560
Rao V | Spontaneous splenorenal shunt closure; outcome at 5 years | J Vasc Surg | 2015 | 61(2) | 401-407
Rao V | Spontaneous spleno-renal shunt closure - outcome at five years | J Vasc Surg | 2015 | 61 | 401-407
Ito M | Colour Doppler of the splanchnic veins | J Clin Ultrasound | 1998 | 26(3) | 111-117
Ito M | Color Doppler of the splanchnic veins. | J Clin Ultrasound | 1998 | 26 | 111-117
Finn O | Hormone excess and the heart: what the surgeon should know | World J Surg | 2011 | 35(8) | 1820-1826
Finn O | Hormone excess and the heart. What the surgeon should know | World J Surg | 2011 | 35 | 1820-1826
# two languages: same
Li Ming; Wang Fang | 胰腺神经内分泌肿瘤肝转移的外科治疗 | 中华外科杂志 | 2015 | 53(4) | 285-289
Li M; Wang F | Surgical treatment of liver metastases from pancreatic endocrine tumours | Chinese Journal of Surgery | 2015 | 53(4) | 285-289
李明 | 门静脉癌栓的介入治疗 | 中华放射学杂志 | 2012 | 46(9) | 820-824
Li M | Interventional treatment of tumour thrombus in the portal vein | Zhonghua Fang She Xue Za Zhi | 2012 | 46 | 820-824
王芳; 张强 | 左侧门静脉高压症的诊断与处理 | 中国实用外科杂志 | 2018 | 38(6) | 660-663
Wang F; Zhang Q | Diagnosis and management of left-sided portal hypertension | 中国实用外科杂志 | 2018 | 38 | 660-663
赵军 | 胃底静脉曲张出血的脾动脉栓塞 | 中华消化杂志 | 2009 | 29(3) | 170-173
Zhao J | Splenic artery embolisation for bleeding from the gastric fundus | Chin J Dig | 2009 | 29(3) | 170-173
佐藤健 | 門脈腫瘍栓を伴う膵内分泌腫瘍の1例 | 日本臨床外科学会雑誌 | 2015 | 76(4) | 885-890
Sato K | [A case of pancreatic endocrine tumor with portal vein tumor thrombus] | J Jpn Surg Assoc | 2015 | 76(4) | 885-890
김철수 | 간 원발성 신경내분비종양 1예 | 대한소화기학회지 | 2011 | 57(2) | 120-124
Kim CS | A case of primary hepatic endocrine tumor | Korean J Gastroenterol | 2011 | 57(2) | 120-124
陈刚 | 生长抑素类似物治疗进展 | 中华内分泌代谢杂志 | 2016 | 32(1) | 78-82 | DOI=10.5555/zh.2016.78
Chen G | Progress of treatment with somatostatin analogues | Chin J Endocrinol Metab | 2016 | 32(1) | 78-82 | DOI=10.5555/zh.2016.78
刘洋 | 肝转移瘤的射频消融 | 中华肝胆外科杂志 | 2013 | 19(5) | 344-347
刘洋 | 肝转移瘤的射频消融 | Chin J Hepatobiliary Surg | 2013 | 19 | 344-347
Kraus H | Die linksseitige portale Hypertension: Erfahrungen mit 31 Kranken | Chirurg | 1988 | 59(7) | 433-437
Kraus H | [Left-sided portal hypertension: experience in 31 patients] | Der Chirurg | 1988 | 59(7) | 433-437
Martin P | Embolisation des métastases hépatiques: dix ans de recul | J Radiol | 1996 | 77(11) | 1101-1108
Martin P | Embolization of hepatic metastases: ten years on | Journal de Radiologie | 1996 | 77 | 1101-1108
# fields missing: same
Young AB | Serotonin antagonists in the carcinoid heart | Heart | 2007 | 93(10) | 1201-1206 | DOI=10.5555/heart.1201
Young AB | Serotonin antagonists in the carcinoid heart | | | |
| Serotonin antagonists in the carcinoid heart | Heart | 2007 | 93 | 1201
Young AB | Serotonin antagonists in the carcinoid heart | Heart | 2007 | 93(10) | 1201-1206
Fox T | Hepatic steatosis under long-acting analogues | | 2019 | |
Fox T; Gill S | Hepatic steatosis under long-acting analogues | Liver Int | 2019 | 39(2) | 310-318
Fox T | Hepatic steatosis under long-acting analogues | Liver Int | | 39 |
Fox T; Gill S | Hepatic steatosis under long-acting analogues | Liver International | 2019 | 39(2) | 310-318
Roy D | Biopsy tract seeding in endocrine tumours | Histopathology | 2014 | 65(2) | 299-301
Roy D | Biopsy tract seeding in endocrine tumours | Histopathology | 2014 | |
Nagy Z | Online first: nesidioblastosis in adults | Endocr Pathol | 2020 | |
Nagy Z | Nesidioblastosis in adults | Endocr Pathol | 2021 | 32(1) | 77-84
Pace J | Glucagonoma and necrolytic erythema | Br J Dermatol | 2002 | 147 |
Pace J | Glucagonoma and necrolytic erythema | Br J Dermatol | 2002 | 147(3) | 488-491
Ross E | Hypercalcaemia as the first sign | | 1995 | |
Ross E | Hypercalcaemia as the first sign | Q J Med | 1995 | 88(9) | 637-642
Shah N | Adrenal insufficiency after bilateral embolisation | Int J Endocrinol | 2011 | 2011 | 742890
Shah N | Adrenal insufficiency after bilateral embolisation | International Journal of Endocrinology | 2011 | | 1-9
Tran H | Electronic pages of one article | Surg Oncol | 2012 | 21(3) | e131-e141
Tran H | Electronic pages of one article | Surgical Oncology | 2012 | 21 | e131
Ueda K | Discussion pages kept apart: bowel grafts | J Gastrointest Surg | 2013 | 17(1) | 179-186, discussion 186-187
Ueda K | Discussion pages kept apart: bowel grafts | J Gastrointest Surg | 2013 | 17 | 179-86
Vidal C | Pages typed the wrong way round | Dig Surg | 2001 | 18(4) | 310-304
Vidal C | Pages typed the wrong way round | Digestive Surgery | 2001 | 18 | 304-310
# identifiers: same
Ward S | Second operations for recurrent disease | Surgery | 2016 | 159(1) | 320-335 | PMID=90000001
| Second operations | | | | | PMID=90000001
Ward S | Second operations for recurrent disease | Surgery | 2016 | 159(1) | 320-335 | PMCID=PMC9000001
Ward S | Second operations for recurrent disease: a cohort | | 2016 | | | PMCID=PMC9000001
Xu L | Angiogenesis inhibitors and portal flow | Oncologist | 2014 | 19(7) | 731-740 | DOI=10.5555/onc.731 PMID=90000002
Xu L | Angiogenesis inhibitors and portal flow | The Oncologist | 2014 | 19 | 731 | DOI=10.5555/onc.731
Yan Q | Vascular reconstruction in advanced disease | Ann Surg | 2015 | 262(2) | 301-309 | DOI=10.5555/sla.301
Yan Q | Vascular reconstruction in advanced diseases | Ann Surg | 2014 | | | DOI=10.5555/sla.301
Zeller B | Short title | Lancet | 2011 | 377 | 70 | DOI=10.5555/lan.70
Zeller B | Short title | Lancet | 2011 | 377(9759) | 70-71 | DOI=10.5555/lan.70
# books and chapters: same
Adler N | Endocrine surgery of the abdomen | | 2010 | | | type=book ISBN=9780000000017 edition=2
Adler N | Endocrine Surgery of the Abdomen | | 2010 | | | type=book ISBN=978-0-00-000001-7 edition=2nd
Ball F | Liver metastases | Neuroendocrine disease in practice | 2018 | | 201-224 | type=chapter
Ball F | Liver metastases | Neuroendocrine Disease in Practice | 2018 | | 201-224 | type=chapter
Cole M | Vascular complications of cancer | | 2004 | | | type=thesis
Cole M | Vascular complications of cancer | | 2004 | | | type=thesis publisher=Uppsala
Dean K | Guideline for imaging before resection | | 2017 | | | type=report
Dean K | Guideline for imaging before resection | | 2017 | | | type=report publisher=WHO
""")  # noqa: E501
