"""The closed word lists that tell what is counted, beside those of attribution."""

from __future__ import annotations

from typing import Final

from corpus.attribution.vocabulary import ADVERBS, AUXILIARY, DAYS, DETERMINERS, FUNCTION, PRONOUNS

# Of these the first noun, or a number, is looked for: "five of their last six games".
ORDER: Final = frozenset("last first next past final previous remaining other top opening".split())
NUMBERS: Final = frozenset("two three four five six seven eight nine ten dozen".split())
# Adjectives only where a noun follows: "350 paid subscriptions", "5% of its total budget".
ADJECTIVES: Final = frozenset("paid lost stolen sold given unpaid total combined daily overnight online".split())
# "350 more British troops" are British troops.
MORE: Final = frozenset("more additional other further extra such".split())
STOPS: Final = (
    FUNCTION
    | DETERMINERS
    | PRONOUNS
    | AUXILIARY
    | ADVERBS
    | (DAYS - {"march", "may", "night", "morning", "evening", "afternoon", "years", "weeks", "months", "days"})
    | frozenset(
        "spent made given sent won built sold bought set due needed left taken shown done gone seen known next last "
        "worth rose fell rises falls died fled hit hits hitting remain remains remained become becomes became "
        "help began begin begins stood stands comes goes includes include followed versus vs apiece each alone overall "
        "right away back off out up lost sold down abroad overseas north south east west higher lower above below "
        "annually offshore tall long wide deep high thick heavy old ago later earlier longer shorter faster slower "
        "better worse provides includes allows lets gives helps ensures requires contains delivers brings appears "
        "seems keeps becomes believes agrees decides asks tells thinks knows gets makes takes sends loses "
        "sank swam grew blew broke burst flew drove ran sang spoke ate slept wept froze chose drew threw wrote rode "
        "shook lay shrank shut split tore wore woke arose "
        "available online total combined enough less least minus plus afterwards downstairs outdoors indoors "
        "unless whereas anymore extra apart such et al flat cash now today "
        "overnight daily because although though despite whether whose whom according depending based due".split()
    )
)
PLURALS: Final = frozenset(
    "people men women children feet teeth mice troops police personnel staff cattle sheep deer fish aircraft "
    "spacecraft crew youth data media species series dead wounded injured folk offspring bacteria criteria "
    "infantry cavalry artillery livestock poultry swine geese oxen lives headquarters crossroads".split()
)
NO_PLURALS: Final = frozenset(
    "always perhaps yes besides its his was has this as thus plus versus across unless does less series' news "
    "sometimes towards backwards forwards upwards downwards overseas regardless nevertheless nonetheless us".split()
)
# These end as "gunmen" does.
NO_MEN: Final = frozenset("specimen regimen omen abdomen semen acumen yemen".split())
# Verbs elsewhere, but nouns where things are counted: "four wins".
EITHER: Final = frozenset("runs wins shows needs hopes hits leaves means".split())
SAYS: Final = frozenset("says tells adds argues insists thinks believes writes explains".split())
HURT: Final = frozenset(
    "killed wounded injured dead missing arrested hurt displaced homeless detained infected hospitalized "
    "hospitalised unaccounted drowned".split()
)
# "31 million euros a year", "12 people per 100"
RATES: Final = frozenset(
    "year month week day hour night minute second quarter season head person share barrel piece ton tonne gallon "
    "litre liter pound kilo kilogram game ticket unit household family week weekend decade kilometre kilometer mile "
    "match visit".split()
)
PER: Final = frozenset(("a", "an", "per", "each", "every"))
NOUNS_IN_ING: Final = frozenset(
    "funding spending housing building training testing trading lending borrowing gaming shopping marketing monitoring "
    "advertising financing meeting hearing wedding setting rating ceiling filing holding offering listing painting "
    "recording shipping banking parking landing warning ruling finding manufacturing processing engineering farming "
    "fishing mining drilling flooding bombing shelling polling voting fighting killing shooting".split()
)
TRAILING: Final = frozenset("' ’ - late early soon again yet".split())
OBJECTS: Final = frozenset("the a an his her its their him them it this that".split())
OF_DETERMINERS: Final = frozenset("the a an its his her our my your their this that these those all both".split())
