"""The process that reads images which nobody trusts: `python -m patients.images.decoding`.

It imports nothing of Django, gets bytes on stdin, gives pixels made anew on stdout, and nothing
else. `patients.images.process` starts it, limits its time, and checks what comes back.
"""
