"""Word lists that normalisation strips or reads kinds from. Each is closed and small; none is made from test data."""

HONORIFICS = frozenset(
    "mr mrs ms miss dr prof professor sir dame lord lady president vice prime minister premier chancellor "
    "senator congressman congresswoman representative governor mayor king queen prince princess sultan emir "
    "sheikh sheik shaykh ayatollah imam mullah pope cardinal archbishop bishop reverend rev father general gen "
    "colonel col major captain lieutenant sergeant admiral commander marshal ambassador secretary judge justice "
    "attorney herr frau monsieur madame mme señor señora senor senora don doña dona sr sra sri shri hon "
    "honourable honorable excellency ex former".split()
)
"""Titles stripped from the front of a person's name; in capitals or not, with or without a dot."""

GENERATIONS = frozenset("jr junior sr senior ii iii iv".split())
"""They tell father from son: kept in the name, never stripped."""

LEGAL_FORMS = frozenset(
    "inc incorporated corp corporation co company ltd limited llc llp lp plc gmbh ag kg ohg ug se sa sas sarl "
    "srl spa sl nv bv ab as asa oy oyj aps kft zrt rt sro doo dd ao pao oao ooo zao tov pjsc jsc ojsc cjsc pte "
    "pty bhd sdn kk ооо оао зао пао ао тов".split()
)
"""Legal forms stripped from the end of a collective's name."""

ORGANIZATION_WORDS = frozenset(
    "party ministry council committee commission university college school bank court congress parliament senate "
    "union front army forces force movement association organization organisation agency police government group "
    "federation league institute office department tribunal foundation fund network news press times brigade "
    "brigades militia guard service services alliance coalition assembly authority board bureau center centre "
    "church club community conference democrats republicans liberals liberation nations administration "
    "television radio airlines airways newspaper corps society trust syndicate cartel gang team squad hospital "
    "museum theatre championship cup games festival award prize airport station bridge temple mosque cathedral "
    "stadium".split()
)
"""Words that make a name one of an institution when its kind is not stated."""

PLACE_WORDS = frozenset(
    "sea ocean desert river lake mount mountain mountains gulf strait island islands peninsula governorate "
    "region county province district oblast prefecture territory valley coast bay".split()
)
"""Words that make a name one of a region when its kind is not stated."""

SMALL_WORDS = frozenset("of the and for in on at de la le les du des del der die das von van y e et und to".split())
"""Words that count neither for initials nor for capital letters."""

NOT_PEOPLE = ORGANIZATION_WORDS | frozenset(
    "bloc block faction ticket campaign democracy state street avenue square highway gymnasium prize medal uss hms "
    "hmas hmcs rms carrier frigate destroyer submarine vessel ship".split()
)
"""Words that make a name one of a body, a place, a prize or a ship, though a person's name stands in it."""
