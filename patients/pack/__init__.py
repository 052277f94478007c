"""The case pack: one ZIP with what a paper on the case needs. The same choices of the same version
give the same bytes.

`gathering` reads what a pack is made of; everything else is pure.
"""
