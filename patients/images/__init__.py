"""Images that come in: decoded in a process of its own, checked, stored, and given out again.

`decoding/` and what it imports know nothing of Django; `storing` alone knows where files are.
"""
