"""Words that begin, join or stand beside names, in news of any topic."""

from ingest.extraction.who import PEOPLE

TITLES = PEOPLE | frozenset(
    "prime vice deputy former acting foreign interior defence defense finance chancellor senator governor"
    " mayor general colonel captain major sergeant lieutenant admiral secretary chairman chairwoman chief"
    " executive ceo professor dr mr mrs ms miss sir lord lady sheikh cardinal bishop archbishop rev reverend"
    " justice ambassador spokesman gov sen rep lt gen col sgt majority minority speaker spokeswoman detective"
    " inspector constable congressman congresswoman representative republican democrat".split()
)
"""Words before a name that say what somebody is, not who."""
DOUBTFUL = frozenset("general justice police major state city union group party bank army company school".split())
"""Titles that begin names of bodies, too."""
JOINED_BY_OF = frozenset(
    "bank university ministry department institute house church republic kingdom bureau board council court port gulf"
    " bay isle cape states city commission office union league association federation museum bridge college academy"
    " party front army bishop duke strait sea lake mount school court islands island organization organisation"
    " confederation province governorate district chamber society society international".split()
)
PLACED_BY = frozenset("in at near outside inside across around".split())
PLACE_HEADS = frozenset(
    "city town village province county district region street road avenue square park airport station stadium hospital"
    " bridge river lake sea ocean island islands coast border camp base harbour harbor bay port valley mountain"
    " mountains desert strait gulf peninsula".split()
)
PLACES = frozenset("lake mount port cape fort gulf bay isle camp".split())
CONNECTORS = frozenset("de del della di da do dos das du des la le los las van von der den bin al el y e of".split())
NO_NAMES = frozenset(
    "i monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
    " september october november december am pm gmt est breaking live video watch photos exclusive update news analysis"
    " opinion read more related the a an mr mrs ms dr st god photo image getty images reuters afp ap file picture"
    " pictures caption gallery tweet facebook twitter email share subscribe advertisement".split()
)
PLACED_ABROAD = frozenset("à en em in bei nahe près".split())
ARTICLES = frozenset(
    "le la les l un une des du de en dans pour sur au aux ce cette el los las una o a os as um uma no na nos"
    " nas der die das den dem ein eine einen im am beim nach vor bei mit il elle ils mais et selon este esta"
    " esto según por para con pero y e mas segundo er sie es und aber wie als quand si après avant depuis plus"
    " deux tres trois dos três zwei drei the in".split()
)
