"""`python -m tests.matrix` writes the table of docs/forms.md anew."""

from tests.matrix.table import BEGIN, DOCUMENT, END, computed, written

text = DOCUMENT.read_text(encoding="utf-8")
before, _, rest = text.partition(BEGIN)
_, _, after = rest.partition(END)
DOCUMENT.write_text(f"{before}{BEGIN}\n{written(computed())}\n{END}{after}", encoding="utf-8")
