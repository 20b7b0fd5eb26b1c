"""Invented reports that the tests of copies share."""

from onrecord.article import Article, Dateline, Frame
from onrecord.resolution.stories.alignment import Alignment, Told, align, shared_stems
from onrecord.resolution.stories.changed import Both, changed
from onrecord.resolution.stories.fingerprint import Fingerprint, fingerprint

WIRE = """The harbour of Orrel will stay closed until Friday after a grain ship ran aground in its mouth, the port authority said.

Captain Ilva Marten told reporters that the 214-metre Kessand Star lost power at 3:40 a.m. and drifted onto a sandbank. “Nobody was hurt, and no oil has been lost,” she said.

Eleven vessels wait outside the breakwater, among them two ferries with 640 passengers bound for Vessara.

Transport Minister Tomas Hallin called the accident “a warning that we were slow to hear” and promised an inquiry into the dredging contract with Nordmark Marine.

The company declined to comment. Its shares fell 6 per cent in early trading.

Tugs from Taslan are expected on Wednesday, when the tide is at its highest for a month."""

RETOLD = """A grain carrier has blocked the entrance to the port of Orrel, and officials say it will not reopen before Friday.

The Kessand Star, 214 metres long, drifted onto a sandbank once its engines failed at 3:40 a.m., according to Captain Ilva Marten, who added that no one had been injured and that no oil leaked.

Outside the breakwater eleven ships are waiting; two of them are ferries carrying 640 people to Vessara.

Tomas Hallin, the transport minister, described the accident as a warning that had been heard too slowly, and he pledged to investigate the contract for dredging held by Nordmark Marine.

Nordmark Marine would not comment, and its shares lost 6 per cent in the morning.

On Wednesday tugs should arrive from Taslan, with the highest tide of the month."""

SPUN = """The harbour of Orrel will remain shut until Friday after a grain vessel ran aground in its mouth, the port power said.

Skipper Ilva Marten told newsmen that the 214-metre Kessand Star lost might at 3:40 a.m. and floated onto a sandbank. “Nobody was wounded, and no petroleum has been lost,” she said.

Eleven boats wait outside the breakwater, among them two ferries with 640 travellers bound for Vessara.

Conveyance Minister Tomas Hallin named the mishap “a caution that we were slow to hear” and vowed an inquest into the dredging compact with Nordmark Marine.

The firm refused to comment. Its stocks dropped 6 per cent in early trade.

Tugs from Taslan are awaited on Wednesday, when the tide is at its tallest for a month."""

SAME_EVENT = """Farmers in the Lake Valley fear for their harvest as lorries queue for miles before the silos of Orrel.

“My barley will rot on the road,” said Petra Osk, who drove all night to reach the docks and found the gates locked on Tuesday.

The port was shut when the Kessand Star, loaded with maize, stuck fast in the channel during a storm.

Opposition leader Dana Reik accused the government of Tomas Hallin's party of letting the channel silt up for a decade.

Insurers put the loss at 30 million crowns a day. Fishing boats under ten metres may still pass, the coast guard said, if they carry a pilot."""

OTHER = """The council of Marwick voted on Monday to plant 3,000 lime trees along the old tram line.

Mayor Selma Arden said the money would come from parking fees. “People want shade more than they want asphalt,” she said.

Shopkeepers fear that customers will stay away while the street is dug up. Work begins in April and ends in the autumn of next year."""


def printed(id: str, text: str, **more: str | None) -> Fingerprint:
    """A report's fingerprint; `agency`, `dateline`, `published` and `outlet` as given."""
    frame = Frame(dateline=Dateline(more.get("dateline")), agency=more.get("agency"))
    return fingerprint(
        Article(id, text, frame=frame, published=more.get("published"), outlet=more.get("outlet"))
    )


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a report."""
    return text.split("\n\n")


def compared(one: Told, other: Told) -> tuple[Alignment, Both]:
    """What two reports have in common, and their changed sentences."""
    alignment = align(one, other, shared_stems(one, other))
    return alignment, changed(one, other, alignment)
