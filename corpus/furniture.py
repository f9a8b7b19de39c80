"""Whole lines that a web page prints around an article: adverts, links, appeals, notices.

Each pattern must match a line from end to end, and no line longer than ``LONGEST`` is looked at, so that a
paragraph of the article cannot vanish by mentioning a newsletter.
"""

from __future__ import annotations

import re
from functools import cache

LONGEST = 200

_ADVERT = r"""
    \W* advertise?ment \W*
  | advertise?ment (?: \W+ (?:(?:story|article) \s)? continues? \s reading \s below
        | \s* [-–—:]+ \s* continue \s reading \s below
        | \s (?:story|article) \s continues \s below .{0,20}
        | \s scroll \s to \s continue ) \W*
  | (?:story|article) \s continues \s (?:below|after) (?: \s (?:this\s|the\s)? (?:ad|advertisement|video) )? \W*
  | continue \s reading (?: \s below )? \W*
  | (?:sponsored|promoted|paid) (?: \s (?:content|post|stories|links|by\s\w+) )? \W*
  | ad \s feedback
  | skip \s (?:ad|advert|advertisement) \W*
"""

_LINKS = r"""
    source \s link \W*
  | latest \s (?:headlines|news|stories) \W*
  | most \s (?:read|popular|viewed) \W*
  | trending (?: \s (?:now|stories|news) )? \W*
  | (?:related|recommended|more|top) \s
        (?:articles|stories|pages|posts|links|content|coverage|reading|topics|news) \W*
  | you \s (?:may|might) \s also \s (?:like|be\sinterested\sin) \W*
  | recommended \s for \s you \W*
  | (?:read|see|learn|view) \s more (?: \s (?:here|below|on\sthis) | \s* [.…»›→>:|] )* \W*
  | read \s more (?: \s | : ) [^.!?”"]{0,80}
  | (?-i: R(?:ELATED|elated) | R(?:EAD|ead)\ (?:NEXT|next|ALSO|also) | A(?:LSO|lso)\ (?:READ|read)
        | S(?:EE|ee)\ (?:ALSO|also) | READ\ MORE | MORE ) \s* [:|] [^“”"]{0,140} (?<! [.] )
  | click \s here \s (?:to|for) \s .{1,80} (?<! [.,] )
  | \w+ \s users \s click \s here
  | like \s what \s you[’']re \s reading \? .{0,80}
  | (?:skip|jump) \s to \s (?:main\s)? (?:content|navigation)
  | back \s to \s top
  | share \s all \s sharing \s options \s for: .{0,150}
  | in \s this \s article (?: \s [^.!?“”"]{0,80} )?
  | listen \s to \s this \s (?:story|article) \b .{0,80}
  | watch \s now \W*
  | was \s this \s (?:article\s)? helpful \? .{0,60}
"""

_SHARING = r"""
    share \s (?:this|the) \s (?:article|story|page|post|video) (?: \s (?:on|via|with) \s .{1,40} )? \W*
  | (?= .* \b share \b ) (?: (?: share|save|print|copy|link|on|via|this|comments?|e-?mail|facebook|twitter|x
        |whatsapp|reddit|linkedin|telegram|pinterest|flipboard|threads|\d+|[·|,•/] ) (?: \s+ | $ ) ){3,14}
  | follow \s us \s on \s .{1,60} (?<! [.] )
"""

_APPEALS = r"""
    (?: click \s here \s to \s )? (?: sign \s up|subscribe|register ) \s (?:here\s)? (?:for|to) \s [^“”"]{0,90}
        \b (?:newsletters?|e-?mails?|alerts?|updates) \b [^“”"]{0,40}
  | (?: sign \s up|subscribe ) (?: \s (?:now|here|today|for\sfree) )? \W*
  | get \s [^“”"]{1,70} \s (?:in|to|into) \s your \s (?:e-?mail\s)? inbox \b [^“”"]{0,40}
  | already \s a \s (?:subscriber|member) \? .{0,40}
  | by \s (?:signing|subscribing) \s [^“”"]{0,40} you \s (?:agree|consent) \s to \s [^“”"]{1,90}
"""

_TERMS = r"(?: (?:terms \s (?:of|and) \s (?:use|service|conditions)) | privacy \s (?:policy|notice) )"
_NOTICES = rf"""
    (?: this \s (?:web)?(?:site|page) | we | our \s (?:web)?site ) \s (?: and \s our \s partners \s )?
        uses? \s cookies \b (?! .* \b said \b ) [^“”"]{{0,140}}
  | (?:accept|reject|manage) \s (?:all\s)? cookies? (?: \s (?:settings|preferences) )? \W*
  | cookies? \s (?:policy|settings|preferences|notice|consent) \W*
  | (?: © | \(c\) | copyright \s (?: © | \(c\) | of \b | by \b | (?:19|20)\d\d \b | (?=.* all \s rights \s reserved) ) )
        (?= .* (?: \b (?:19|20)\d\d \b | all \s rights \s reserved ) | (?<= \d ) ) .{{1,140}}
  | all \s rights \s reserved \W* (?: .{{0,60}} (?:redistributed|without\spermission) \W* )?
  | this \s material \s may \s not \s be \s published, \s broadcast .{{0,80}}
  | {_TERMS} (?: \W+ (?:and\s)? {_TERMS} )* \W*
"""

_KINDS = (
    ("advert", _ADVERT),
    ("link to other pages", _LINKS),
    ("sharing buttons", _SHARING),
    ("appeal to subscribe", _APPEALS),
    ("notice of the site", _NOTICES),
    # A rule between sections; whoever quotes has no use for it.
    ("ornament", r"[-_*=~•·—–]+ (?: \s+ [-_*=~•·—–]+ )*"),
)


@cache
def _line() -> re.Pattern[str]:
    # When a line is first looked at: who only maps quotes back to the raw text reads none.
    kinds = (f"(?P<k{number}>{pattern})" for number, (_, pattern) in enumerate(_KINDS))
    return re.compile("|".join(kinds), re.IGNORECASE | re.VERBOSE)


def furniture(line: str) -> str | None:
    """Say what kind of page furniture a line is, or None where it belongs to the article."""
    line = line.strip()
    if not line or len(line) > LONGEST:
        return None
    found = _line().fullmatch(line)
    if found is None or found.lastgroup is None:
        return None
    return _KINDS[int(found.lastgroup[1:])][0]
