"""Pairs written one by one: other works, related or not, that look like one."""

from tests.literature.duplicates.notation import written

PAIRS = written("""
# notices: related
Moss K | Hepatic arterial infusion in carcinoid disease | J Surg Oncol | 2010 | 101(2) | 140-146
Moss K | Hepatic arterial infusion in carcinoid disease: erratum | J Surg Oncol | 2010 | 101(6) | 540
Moss K | Hepatic arterial infusion in carcinoid disease | J Surg Oncol | 2010 | 101(2) | 140-146
| Retraction: Hepatic arterial infusion in carcinoid disease | J Surg Oncol | 2012 | 105(1) | 99
Moss K | Hepatic arterial infusion in carcinoid disease | J Surg Oncol | 2010 | 101(2) | 140-146
Moss K | Corrigendum to “Hepatic arterial infusion in carcinoid disease” | J Surg Oncol | 2011 | 103(1) | 88-88
Yates P | Author Correction: Ki-67 and survival in two cohorts | Sci Rep | 2020 | 10(1) | 4410
Yates P | Ki-67 and survival in two cohorts | Sci Rep | 2019 | 9(1) | 12911
Yates P | Publisher's erratum to: Ki-67 and survival in two cohorts | Sci Rep | 2019 | 9(1) | 15000
Yates P | Ki-67 and survival in two cohorts | Sci Rep | 2019 | 9(1) | 12911
Quinn D | Re: Splenectomy or embolisation | Br J Surg | 2015 | 102(3) | 290
Ames B | Splenectomy or embolisation | Br J Surg | 2014 | 101(12) | 1501-1508
Ames B | Authors' reply: Splenectomy or embolisation | Br J Surg | 2015 | 102(3) | 291
Ames B | Splenectomy or embolisation | Br J Surg | 2014 | 101(12) | 1501-1508
Ames B | Authors' reply: Splenectomy or embolisation | Br J Surg | 2015 | 102(3) | 291
Quinn D | Re: Splenectomy or embolisation | Br J Surg | 2015 | 102(3) | 290
Stone H | Commentary on: Portal flow after resection | Ann Surg | 2012 | 255(3) | 415-416
Stone H; Rice A | Portal flow after resection | Ann Surg | 2012 | 255(3) | 405-414
| Expression of concern: Portal flow after resection | Ann Surg | 2016 | 264(1) | 1
Stone H; Rice A | Portal flow after resection | Ann Surg | 2012 | 255(3) | 405-414
Stone H; Rice A | Portal flow after resection | Ann Surg | 2012 | 255(3) | 405-414 | DOI=10.5555/ann.405
Stone H; Rice A | Erratum: Portal flow after resection | Ann Surg | 2012 | 255(6) | 1215 | DOI=10.5555/ann.405
陈刚 | 生长抑素类似物治疗进展 | 中华内分泌代谢杂志 | 2016 | 32(1) | 78-82
陈刚 | 更正:生长抑素类似物治疗进展 | 中华内分泌代谢杂志 | 2016 | 32(3) | 240
Lund T | Addendum: Thrombosis after splenectomy in childhood | J Pediatr Surg | 2008 | 43(5) | 990
Lund T | Thrombosis after splenectomy in childhood | J Pediatr Surg | 2008 | 43(1) | 11-15
# preprint and article: related
Gupta R; Sen A | Machine reading of hepatic scans | | 2021 | | | DOI=10.1101/2021.03.02.21252345 type=article publisher=medRxiv
Gupta R; Sen A | Machine reading of hepatic scans | Eur Radiol | 2022 | 32(4) | 2700-2709 | DOI=10.5555/er.2700
Gupta R | Reading hepatic scans by machine: two hospitals | arXiv | 2020 | | | DOI=10.48550/arXiv.2001.00001 type=article
Gupta R | Reading hepatic scans by machine: two hospitals | Radiology | 2021 | 299(1) | 101-109
Berg S | Survival by grade in a registry | Research Square | 2022 | | | DOI=10.21203/rs.3.rs-100001/v1
Berg S | Survival by grade in a registry | BMC Cancer | 2022 | 22(1) | 801
Hart V | Bowel ischaemia by mesenteric fibrosis | SSRN | 2019 | | | DOI=10.2139/ssrn.300001
Hart V | Bowel ischemia by mesenteric fibrosis | Surgery | 2020 | 167(2) | 340-347
Hart V | Waiting times for rare cancers | bioRxiv | 2018 | | | DOI=10.1101/301234
Hart V | Waiting times for rare cancers | PLoS One | 2018 | 13(8) | e0201234
Ilves T | Cost of scans in follow-up | Preprints.org | 2020 | | | DOI=10.20944/preprints202001.0001.v1
Ilves T | Cost of scans in follow-up | Cancers | 2020 | 12(5) | 1100
# abstract and paper: related
Kerr J | Dose escalation of a radiolabelled analogue | J Clin Oncol | 2014 | 32(15_suppl) | 4100
Kerr J | Dose escalation of a radiolabelled analogue | J Nucl Med | 2016 | 57(8) | 1201-1207
Kerr J | Dose escalation of a radiolabelled analogue | J Clin Oncol | 2014 | 32(15_suppl) | 4100
Kerr J | Dose escalation of a radiolabelled analogue | J Clin Oncol | 2014 | 32(30) | 3390-3398
Ryan M | P-112: Weekly or monthly injections in carcinoid syndrome | Ann Oncol | 2010 | 21(suppl_6) | vi52
Ryan M | Weekly or monthly injections in carcinoid syndrome | Ann Oncol | 2011 | 22(9) | 2010-2016
Ryan M | Abstract 4005: Weekly or monthly injections in carcinoid syndrome | Cancer Res | 2010 | 70(8 Suppl) | 4005
Ryan M | Weekly or monthly injections in carcinoid syndrome | Clin Cancer Res | 2012 | 18(5) | 1402-1410
Sanz L | Transplantation after neoadjuvant therapy [abstract] | Liver Transpl | 2009 | 15(7 Suppl) | S120
Sanz L | Transplantation after neoadjuvant therapy | Liver Transpl | 2010 | 16(11) | 1288-1296
Sanz L | Outcome of listing for rare tumours | Transplantation | 2008 | 86(2S) | 300
Sanz L | Outcome of listing for rare tumours | Am J Transplant | 2010 | 10(4) | 901-908
Todd N | Vein grafts from the falciform ligament | HPB | 2016 | 18(S1) | e210 | type=paper-conference event-title=IHPBA
Todd N | Vein grafts from the falciform ligament | HPB | 2017 | 19(4) | 330-336
Uhl W | Robotic enucleation: first ten patients | Gastroenterology | 2013 | 144(5 Suppl 1) | S-1077
Uhl W | Robotic enucleation: first ten patients | Surg Endosc | 2014 | 28(6) | 1900-1906
# parts and editions: related
Vance R | Hormones of the gut. Part 1: the stomach | BMJ | 1999 | 318(7190) | 1001-1004
Vance R | Hormones of the gut. Part 2: the pancreas | BMJ | 1999 | 318(7191) | 1071-1074
Vance R | Hormones of the gut I | Postgrad Med J | 1981 | 57(665) | 145-150
Vance R | Hormones of the gut II | Postgrad Med J | 1981 | 57(666) | 221-227
陈刚 | 神经内分泌肿瘤诊治共识(上) | 中华外科杂志 | 2014 | 52(1) | 10-14
陈刚 | 神经内分泌肿瘤诊治共识(下) | 中华外科杂志 | 2014 | 52(2) | 90-95
Adler N | Endocrine surgery of the abdomen | | 2010 | | | type=book edition=2
Adler N | Endocrine surgery of the abdomen | | 2016 | | | type=book edition=3
Adler N | Endocrine surgery of the abdomen | | 1998 | | | type=book
Adler N | Endocrine surgery of the abdomen | | 2010 | | | type=book
Ball F | Liver metastases | Neuroendocrine disease in practice | 2011 | | 180-199 | type=chapter
Ball F | Liver metastases | Neuroendocrine disease in practice | 2018 | | 201-224 | type=chapter
# same title, other work: different
Webb A | Editorial | Gut | 2012 | 61(4) | 480
Cruz J | Editorial | Gut | 2014 | 63(1) | 1-2
Webb A | Editorial | Gut | 2012 | 61(4) | 480
Webb A | Editorial | Gut | 2013 | 62(9) | 1240
Modell I | Neuroendocrine tumours of the pancreas | Lancet Oncol | 2008 | 9(1) | 61-72
Obert K | Neuroendocrine tumours of the pancreas | Ann Oncol | 2012 | 23(Suppl 7) | vii124-vii130
Falk R | Insulinoma | N Engl J Med | 1976 | 294(1) | 30
Grant C | Insulinoma | Best Pract Res Clin Gastroenterol | 2005 | 19(5) | 783-798
Hess B | Letter to the editor | Surgery | 2001 | 130(1) | 110
Kent L | Letter to the editor | Surgery | 2001 | 130(1) | 111
Irwin P | Portal hypertension | Clin Radiol | 1980 | 31(2) | 101-110
Joyce T | Portal hypertension | Clin Radiol | 1993 | 47(6) | 390-396
王伟 | 述评 | 中华外科杂志 | 2010 | 48(1) | 1-2
李强 | 述评 | 中华外科杂志 | 2011 | 49(1) | 1-3
Lang O | Reply | J Hepatol | 2015 | 62(2) | 500
Mann E | Reply | J Hepatol | 2015 | 63(1) | 280
Nash G | Quiz: what is the diagnosis? | Gastroenterology | 2009 | 137(1) | 30
Owen H | Quiz: what is the diagnosis? | Gastroenterology | 2011 | 140(4) | 1100
# numbers in titles: different
=Cancer Board | Cancer statistics, 2019 | CA Cancer J Clin | 2019 | 69(1) | 7-34
=Cancer Board | Cancer statistics, 2020 | CA Cancer J Clin | 2020 | 70(1) | 7-30
Park S | A phase 2 study of a kinase inhibitor in pancreatic disease | J Clin Oncol | 2008 | 26(26) | 4311-4318
Park S | A phase 3 study of a kinase inhibitor in pancreatic disease | N Engl J Med | 2011 | 364(6) | 514-523
Quist N | Outcome at 5 years after transplantation | Ann Surg | 2009 | 250(1) | 10-18
Quist N | Outcome at 10 years after transplantation | Ann Surg | 2014 | 260(1) | 22-30
Rohde M | Annual report of the registry: 2011 | Registry Rep | 2011 | 4 | 1-20
Rohde M | Annual report of the registry: 2012 | Registry Rep | 2012 | 5 | 1-20
Sauer F | Type 1 gastric carcinoids: endoscopic resection | Endoscopy | 2010 | 42(8) | 664-671
Sauer F | Type 3 gastric carcinoids: endoscopic resection | Endoscopy | 2013 | 45(2) | 110-117
Sauer F | First national consensus on small bowel tumours | Neuroendocrinology | 2008 | 87(1) | 8-19
Sauer F | Second national consensus on small bowel tumours | Neuroendocrinology | 2014 | 99(1) | 60-70
# one word is the difference: different
Tait D | Survival after resection in men | Surgery | 2010 | 148(2) | 250-256
Tait D | Survival after ablation in women | Surgery | 2013 | 153(5) | 670-677
Ulrich P | Gastrin in portal blood of the rat | Gut | 1970 | 11(4) | 301-305
Ulrich P | Secretin in hepatic lymph of the dog | Gut | 1971 | 12(6) | 440-444
Vogel H | Tumours of the appendix in childhood | Arch Dis Child | 2004 | 89(3) | 220-224
Vogel H | Tumours of the bronchus in childhood | Thorax | 2006 | 61(5) | 399-404
Wolff Z | Portal vein embolisation before right hepatectomy | Ann Surg | 2003 | 237(2) | 208-217
Wolff Z | Hepatic vein embolisation after left hepatectomy | Radiology | 2009 | 251(3) | 930-938
Xiao J | Lymph node dissection in small bowel tumours | World J Surg | 2012 | 36(6) | 1350-1356
Xiao J | Lymph node mapping in colonic tumours | Dis Colon Rectum | 2014 | 57(1) | 40-47
# one place, other work: different
Yule S | Bile duct injury at operation | Gut | 1995 | 36(Suppl 1) | A20
Yule S | Gallstones under analogue treatment | Gut | 1995 | 36(Suppl 1) | A20
Zorn K | Ascites after vein ligation | Lancet | 1980 | 1(8159) | 90
Abel P | Carcinoid of the ovary | Lancet | 1980 | 1(8159) | 90
Bond J | Contents of this issue in brief | Surgery | 1999 | 125(3) | 237
Craig M | Presidential address: the surgeon as a scholar | Surgery | 1999 | 125(3) | 237-243
李明 | 门静脉癌栓的介入治疗 | 中华放射学杂志 | 2012 | 46(9) | 820-824
Becker H | Sclerotherapy of oesophageal varices in children | Endoscopy | 2012 | 44(9) | 820-824
# cell or cells: different
Dunn R | Signalling in islets | Cell | 2015 | 160(3) | 420-430
Ebert L | Signalling in acini | Cells | 2015 | 4(3) | 420-430
Fisk T | Resistance to targeted drugs | Cancer Res | 2013 | 73(2) | 500-510
Gore A | Sensitivity to old drugs | Cancer | 2013 | 119(2) | 500-510
# identifiers borrowed or mistyped: different
Haas N | Chapters share one DOI: the liver | A book of tumours | 2020 | | 10-20 | type=chapter DOI=10.5555/book.1
Ives O | The spleen and what to do with it | A book of tumours | 2020 | | 40-55 | type=chapter DOI=10.5555/book.1
Jahn P | Insulin assays compared | Clin Chem | 1999 | 45(1) | 88-94 | PMID=90000010
Kohl Q | Ultrasound of the thyroid | Thyroid | 2007 | 17(3) | 210-218 | PMID=90000010
Lenz R | Abstracts of the annual meeting: liver | Gut | 2016 | 65(Suppl 1) | A1 | DOI=10.5555/gut.suppl
Metz S | Vessel sealing in splenectomy | Gut | 2016 | 65(Suppl 1) | A33 | DOI=10.5555/gut.suppl
# editions under one title, versions under other DOIs: related
Noll T | Living guideline on surveillance | F1000Res | 2019 | 8 | 1201 | DOI=10.5555/f1000.1201.1
Noll T | Living guideline on surveillance | F1000Res | 2020 | 8 | 1201 | DOI=10.5555/f1000.1201.2
Opitz U | Surgery of the pancreas | | 2012 | | | type=thesis
Opitz U | Surgery of the pancreas | Surgery | 2014 | 155(1) | 10-18
Pabst V | Liver metastases of carcinoid tumours | Neuroendocrine disease in practice | 2018 | | 201-224 | type=chapter
Pabst V | Liver metastases of carcinoid tumours | Neuroendocrinology | 2017 | 105(1) | 14-25
""")  # noqa: E501
