"""How a claimed quote stands in the articles: printed so, printed otherwise, by somebody else, or not at all.

    reading    what a text claims: the words, and who is said to have said them
    tokens     words and marks, so that a change of either is seen
    places     where claimed words are printed, and by whom they are said there
    finding    the passages that are looked at
    checking   the verdict
    wording    the sentences around it

Nothing here says whether anything is true.
"""

from retrieval.claims.checking import ClaimChecker
from retrieval.claims.models import ClaimCheck, Difference, Part, Verdict

__all__ = ["ClaimCheck", "ClaimChecker", "Difference", "Part", "Verdict"]
