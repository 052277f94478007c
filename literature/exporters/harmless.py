"""What text may hold in a file that somebody else opens. Pure."""

from __future__ import annotations

import re

_CONTROL = dict.fromkeys(
    (*range(9), 11, 12, *range(14, 32), *range(127, 160), *range(0x202A, 0x202F),
     *range(0x2066, 0x206A))
)  # fmt: skip
_COMMAND = re.compile(r"\\([A-Za-z@]+)")
_PLAIN_COMMANDS = """
    a aa AA ae AE b c d dh DH dj DJ dag ddag H i j k l L ng NG o O oe OE P r S ss t th TH u v
    emph bf it rm sc tt em bfseries itshape scshape upshape slshape mdseries sffamily rmfamily
    mathrm mathbf mathit mathcal mathbb mathsf mathtt ensuremath frac sqrt pm mp times cdot div
    leq geq le ge ll gg neq ne approx sim simeq equiv propto infty degree circ prime to
    rightarrow leftarrow Rightarrow ldots dots cdots quad qquad ldotp sum prod int partial nabla
    alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi
    pi rho sigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma
    Upsilon Phi Psi Omega log ln exp max min sin cos tan left right
    url href doi path nolinkurl LaTeX TeX BibTeX copyright pounds euro slash noopsort
    MakeUppercase MakeLowercase uppercase lowercase enquote mkbibquote mkbibemph ast backslash
    lbrace rbrace textless textgreater
"""
_HARMLESS_COMMANDS = frozenset(_PLAIN_COMMANDS.split())


def without_control(text: str) -> str:
    """Without control characters other than tab and line ends, and without those that turn the
    direction of writing."""
    return text.translate(_CONTROL)


def is_harmless_latex(text: str) -> bool:
    """Whether it has only commands that print: accents, letters, signs, type.

    A list of what is allowed, since LaTeX has many ways to read files and to name a command.
    """
    return "^^" not in text and all(
        name in _HARMLESS_COMMANDS or name.startswith("text") for name in _COMMAND.findall(text)
    )
