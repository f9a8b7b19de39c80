"""How good the answers are, counted: a set of questions with judged evidence goes in, figures come out.

dataset      question sets and BEIR folders, read and checked
judgements   which stored passages hold the judged evidence
measures     what one question got, by ir-measures and by what was shown
statistics   intervals, paired tests, risk and coverage
evaluation   all questions asked, and every figure of it
comparison   two evaluations of the same questions
floors       the figures that may not be fallen below
"""
