"""The closed word lists that follow-up questions are read with.

Which words point back, which only ask, and which nouns and verbs say *what about a thing* is asked without naming
the thing: closed or nearly closed classes. Topics, names and places are open and are taken from the conversation.
"""

from __future__ import annotations

import re
from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FUNCTION: Final = _words(
    "a an the of in on at to for from by with within without and or but nor so if then than as is are was were be "
    "been being am do does did has have had having will would shall should can could may might must i me my we us "
    "our you your he him his she her hers it its they them their theirs this that these those there here what which "
    "who whom whose when where why how not no any some all each every both either neither about into onto over "
    "under up down out off again further also just only very too more most much many such own same other another "
    "between against during before after above below through because while until please else instead ever yet still "
    "now today really exactly actually ok okay well versus vs besides like around across among along toward towards "
    "upon per near according despite since though although unless whether anything something nothing everything "
    "anyone someone anybody somebody everyone everybody people's let ones one oh hi hello thanks thank yes"
)
"""Neither topic nor aspect."""

AUXILIARIES: Final = _words(
    "is are was were do does did has have had will would shall should can could may might must isn't aren't wasn't "
    "weren't don't doesn't didn't hasn't haven't hadn't won't wouldn't can't couldn't shouldn't"
)
DOING: Final = _words("do does did can could will would shall should may might must to")
"""After these a question names who acts, and then the deed."""

DETERMINERS: Final = _words("a an the this that these those my your our some any all his her its their many most")
NOMINATIVES: Final = _words("i you we they he she people")
BEING: Final = _words("is are was were be been being has have had get got")

ASPECTS: Final = _words(
    "advantage advantages age aim aims amount answer appearance application applications argument arguments aspect "
    "aspects author authors background basis beginning beginnings behavior benefit benefits cast "
    "categories category cause causes chance chances change changes character characteristic characteristics "
    "characters charge charges class classes comment comments comparison component components con conclusion "
    "condition conditions connection cons consequence consequences contribution controversy cost costs creation "
    "criticism criticisms critics cure cures damage danger dangers date death definition "
    "description detail details development diagnosis difference differences difficulty disadvantage disadvantages "
    "discovery drawback drawbacks duration effect effects end event events evidence example examples expert experts "
    "explanation fact factor factors facts feature features figure figures finding findings form forms founder "
    "founders founding function functions fund funding funds future goal goals history idea ideas impact "
    "implication implications importance influence influences ingredient ingredients invention issue issues job key "
    "kind kinds layer layers length level levels life limit limits list location lot main meaning member members "
    "method methods model models name names need news number numbers objective objectives opinion opinions "
    "option options origin origins others outcome outcomes part parts people percentage person persons phase phases "
    "place places plan plans plot point points popularity position possibilities possibility price prices problem "
    "problems process pros prospect prospects purpose purposes qualities quality "
    "quote quotes range rate rates reaction reactions reason reasons relation relations relationship report reports "
    "requirement requirements response responses result results rise risk risks role roles root roots rule rules "
    "score share side sign significance signs similarities similarity situation size solution solutions sort source "
    "sources speed stage stages stance state statement statements status step steps story strength strengths "
    "structure style success sum symptom symptoms system target term terms test tests theme themes thing "
    "things time times topic treatment treatments trend type types typical understanding usage use uses value "
    "variation variations varieties variety version versions view views way ways weakness "
    "weaknesses website weight work works world year years"
)
"""Nouns for a side, part or measure of something: "what are the advantages" wants to be told of what."""

QUALITIES: Final = _words(
    "able allergic apart available bad best better big biggest cold common commonly considered current dangerous "
    "deadly different difficult earlier early easier easiest easy economic effective effectively environmental "
    "expensive famous far final first free full general generally good great greatest hard harder harmful healthy "
    "helpful high higher highest hot iconic important indoor influential interesting key known large larger largest "
    "last late later latest least less likely local long long-term longest low lower lowest main mainly major "
    "modern most mostly natural naturally nearby necessary negative new next notable often old older oldest "
    "original originally outdoor overall own particular popular positive possible powerful primary quick quickly "
    "rare real recent related reliable safe second seriously short short-term significant similar small smaller "
    "smallest social soon special specific specifically strong successful such tall technological third together "
    "top total traditional true typical typically unique unusual useful usual usually various well-known whole "
    "widely worse worst worth worthwhile young younger youngest"
)

VERBS: Final = _words(
    "affect affected affects allow allowed appear avoid ban banned became become began begin begun believe bring "
    "brought build built buy call called came carry caught cause caused change changed choose chosen close closed "
    "come comes compare compared contain contains contrast contribute contributed cost costs create created cure "
    "cured decide decided describe describes describing determine determined develop developed did die died "
    "differ differs discover discovered discuss do does doing done eat eating enable enabled end ended exist exists "
    "experience experiencing explain fall feel felt find finding follow fought found founded gain gave get gets "
    "getting give given gives go goes going gone got grew grow grown happen happened happening happens held help "
    "helped helps hold identify improve improved improves include included includes increase increased increases "
    "influence influenced interested invent invented involve involved keep kept kill killed know know's knowing "
    "known knows last lasted lasts lead leads learn leave led left let list live lived lives look looking lose lost "
    "made make makes making mean means measure measured meet mention mentioned met move name named need needed "
    "needs occur occurs offer offered open opened originate originated paid pass passed pay perform play played "
    "prevent produce produced protect prove provide put raise raised reach read received recommend recommended "
    "reduce reduced reduces regulate relate related remain require required rise rose run said say says see seeing "
    "seen sell send sent serve serves set show showed shown solve spend spent spread start started stay stop "
    "stopped store succeed suffer suffering support survive survived take taken takes taking taught tell tells "
    "think thinking told took treat treated try trying turn understand use used uses using vary visit visiting "
    "voted want wanted wants warn win won work worked works write written wrote"
)

POINTING: Final = _words("this that these those")
PERSONAL: Final = _words("he him his she her hers himself herself")
THINGS: Final = _words("it its itself")
GROUPS: Final = _words("they them their theirs themselves")
POSSESSIVES: Final = _words("his its their hers theirs")
FEMALE: Final = _words("she her hers herself")
MALE: Final = _words("he him his himself")

PLACE_PREPOSITIONS: Final = _words("in to at from near around outside inside into toward towards across through")
PREPOSITIONS: Final = PLACE_PREPOSITIONS | _words(
    "of on for by with about against between after before during since until over under without regarding "
    "concerning on as"
)

KINDS: Final = _words(
    "company country city town region team film movie book show series song band group organization organisation "
    "party club university school hospital bank union firm museum agency court church island village state area "
    "place building bridge pipeline project accord agreement treaty deal law bill plan proposal program programme "
    "study experiment research report article story theory method system event festival meeting summit talks visit "
    "trip conference election vote war conflict crisis dispute attack strike protest drill exercise eruption storm "
    "match game final tournament race budget recall find discovery walkway product drug vaccine disease virus "
    "animal plant species tradition movement process ship car machine device expedition collapse border front prize "
    "award jury council government ministry army alliance force forces troops soldiers base camp commander"
)
"""What the thing talked of may be called by its kind alone: "the company", "the deal"."""

OFFICES: Final = _words(
    "spokesman spokeswoman spokesperson minister president chancellor premier governor mayor director manager coach "
    "captain chairman chairwoman chief executive analyst expert professor historian scientist researcher lecturer "
    "volcanologist archaeologist commander ambassador adviser advisor secretary general officer leader judge "
    "referee actor actress author student forecaster nurse doctor physiologist striker substitute farmer critic ceo "
    "head economist lawyer chef singer senator king queen prince princess pope official"
)

SEATS: Final = _words(
    "washington moscow kyiv kiev berlin paris london brussels beijing warsaw rome madrid vienna prague ottawa tokyo "
    "delhi ankara tehran jerusalem cairo riyadh minsk budapest athens lisbon dublin oslo stockholm helsinki "
    "copenhagen usa kremlin"
)
"""Cities that stand for the governments that sit there."""

CHAT: Final = _words(
    "hi hello hey thanks thank you ok okay yes no yeah great good cool nice fine please bye goodbye sorry right sure "
    "wow i see got it very much a lot and well"
)
"""What is said beside questions."""

TIME: Final = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|aug|sept|oct|"
    r"nov|dec|(?:mon|tues|wednes|thurs|fri|satur|sun)day|week|month|year|summer|winter|spring|autumn|morning|evening|end)\b",
    re.IGNORECASE,
)
"""A day, a month, a season: where no place is meant."""
