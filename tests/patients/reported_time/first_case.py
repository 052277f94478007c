"""The first case of the demo, as its times are typed by hand."""

TYPED = {
    "hepatitis-c": "on or before day 0",
    "mass-found": "2016",
    "preoperative-mri": "after single liver mass found at a routine examination",
    "clinical-liver-cancer": "after enhanced MRI before surgery",
    "hepatectomy": "after enhanced MRI before surgery",
    "pathology": "after right lobe hepatectomy",
    "no-primary-found": "after pathology: neuroendocrine neoplasm",
    "recovery": "after surgery",
    "yearly-follow-up": "after surgery until 2020",
    "pancreatic-mass-found": "2020",
    "mri-2020": "2020",
    "fdg-pet": "2020",
    "biopsy-refused": "after pancreatic primary mass found",
    "mdt": "after pancreatic primary mass found",
    "embolisation": "after multidisciplinary consultation: embolisation and endocrine therapy",
    "octreotide": "after hepatic artery embolisation, every 4 weeks, ongoing",
    "heparin": "at the same time, twice a day for a total of 3 days",
    "rivaroxaban": "after hepatic artery embolisation, for 1 month",
    "response-imaging": "after rivaroxaban",
    "monthly-follow-up": "after hepatic artery embolisation, ongoing",
    "current-state": "at present",
}
"""What to type for each event of the first case, in a case that has the events before it."""
