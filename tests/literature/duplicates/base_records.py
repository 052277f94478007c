"""Made-up works that look like real ones, to make variations of."""

from tests.literature.duplicates.notation import record

LINES = """
Halvorsen KR; Lindqvist M; Okafor C | Partial splenic embolisation in left-sided portal hypertension: a single-centre series | British Journal of Surgery | 2014 | 101(6) | 652-660
Mørk T; Bähr A | Contrast-enhanced ultrasonography of liver metastases after embolization | Scandinavian Journal of Gastroenterology | 2007 | 42(5) | 611-619
Öztürk E; Demir B; Kaya F | Everolimus before resection of a giant tumour of the pancreatic tail | World Journal of Surgery | 2017 | 41(3) | 702-709
Bianchi-Rossi L; Ferrari G | Outcome of multivisceral transplantation for unresectable endocrine tumours | Annals of Surgery | 2013 | 257(4) | 807-815
van_der_Meer J; de_Groot P | Somatostatin analogues and portal vein thrombosis: what is known | The Lancet Oncology | 2015 | 16(1) | e8-e21
Nakamura S; Tanaka Y; Ito K | Growth of a neuroendocrine tumor into the main pancreatic duct | Journal of Surgical Case Reports | 2020 | 2020(7) | 155-158
Müller-Schmidt H; Weiß R | Transarterial embolisation and hepatic necrosis in carcinoid disease | European Journal of Surgical Oncology | 2011 | 37(9) | 780-786
Dubois F; Lefèvre C; Moreau A | Thin-slice pathology finds more liver metastases than imaging | HPB (Oxford) | 2010 | 12(2) | 118-124
Kowalski P; Łuczak W | Gastric carcinoids of the third type treated by wedge resection | Polish Archives of Internal Medicine | 2012 | 122(11) | 540-547
Andersson B; Åkerström G | Debulking of hepatic disease improves carcinoid symptoms | World Journal of Gastroenterology | 2009 | 15(46) | 5867-5870
O'Connor D; MacLeod I | Haemorrhage from gastric varices without cirrhosis | The New England Journal of Medicine | 1998 | 339(22) | 1577-1582
Silva JR; dos_Santos M; Costa P | Measuring tumour burden on diffusion-weighted magnetic resonance imaging | Radiology | 2013 | 268(2) | 390-399
Chen W; Liu H; Zhang Q | Portal vein tumour thrombus in pancreatic endocrine neoplasia | Journal of the American College of Surgeons | 2018 | 227(1) | 29-37
Petrov AV; Ivanova N | Chromogranin A as a marker of recurrence after hepatectomy | Neuroendocrinology | 2016 | 103(2) | 172-185
García-López M; Fernández R | Prognostic models for stage IV disease need external validation | Journal of Clinical Epidemiology | 2016 | 69 | 245-247
Hoffmann U; Keller S | Anticoagulation in thrombosis of the splanchnic veins | Thrombosis and Haemostasis | 2019 | 119(8) | 1310-1318
Abdullah S; Rahman K; Yusuf M | Radiation lobectomy and hypertrophy of the future liver remnant | Journal of Hepatology | 2013 | 59(5) | 1029-1036
Thompson LJ; Baker RM | Peptide receptor radionuclide therapy as neoadjuvant treatment | Endocrine-Related Cancer | 2018 | 25(6) | 607-618
Virtanen J; Korhonen T | Trends in the incidence of small bowel tumours between two registries | JAMA Oncology | 2017 | 3(10) | 1335-1342
Kim SH; Park JY; Lee DW | Primary hepatic neuroendocrine tumours: a nationwide review of records | Korean Journal of Gastroenterology | 2022 | 79(3) | 118-125
Horváth G; Szabó P | Right portal vein ligation and in situ splitting: early results | Annals of Surgical Oncology | 2012 | 19(7) | 2319-2325
Papadopoulos K; Nikolaidis G | Quality of life after staged resection of bilobar metastases | Surgery | 2008 | 143(2) | 209-220
Brown TA; Wilson G; Clark E | Serum gastrin for the follow-up of duodenal gastrinoma | Clinical Endocrinology | 2005 | 62(4) | 411-418
Schneider M; Fischer K | Octreotide scans of unknown primary tumours revisited | Seminars in Nuclear Medicine | 2011 | 41(5) | 314-321
Rossi P; Conti A; Greco V | Liver transplantation across borders: lessons of a multicentre register | Transplant International | 2010 | 23(7) | 668-678
Johansson E; Nilsson F | Circulating transcripts predict response to somatostatin analogues | The Journal of Clinical Endocrinology and Metabolism | 2015 | 100(11) | 1437-1445
Murphy C; Walsh D | Bleeding from ectopic varices at the hepaticojejunostomy | Gastrointestinal Endoscopy | 2003 | 57(7) | 955-958
Takahashi H; Suzuki M; Sato A | Recanalisation of the splenic vein during targeted therapy | Clinical Journal of Gastroenterology | 2022 | 15(4) | 796-802
Novák J; Dvořák P | Insulin secretion after enucleation of benign insulinomas | Diabetes Care | 2001 | 24(9) | 1630-1635
Evans R; Hughes M; Price L | Survival after palliative embolization in carcinoid syndrome | American Journal of Gastroenterology | 1999 | 94(5) | 1316-1322
"""  # noqa: E501
BASES = [record(line) for line in LINES.strip().splitlines()]
