"""How quickly Casebase is read, beside other ways to the same rows: ratios, measured in one run.

make bench [SCALE=20000]
"""
