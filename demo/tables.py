"""Parts of the invented world as the tables that the mappings of docs/examples read, one function a table."""

from collections.abc import Iterator, Sequence
from datetime import date

from demo.cast import Doing, Org, Someone, World
from demo.dice import Dice
from demo.projects import EUROPEAN
from graph.model.time import Moment, Precision

Rows = Iterator[Sequence[str]]
KINDS = {
    "company": "bedrijf", "knowledge_institution": "kennisinstelling", "government": "overheid",
    "intermediary": "vereniging", "other": "andere",
}  # fmt: skip
SIZES = {"micro": "micro", "small": "klein", "medium": "middelgroot", "large": "groot", "": ""}
TRUTHS = {True: "ja", False: "nee", None: ""}
DECISIONS = {
    "granted": "goedgekeurd", "refused": "geweigerd", "withdrawn": "ingetrokken", "pending": "in behandeling",
}  # fmt: skip


def number(kbo: str) -> str:
    """A KBO number as people write it."""
    return f"{kbo[:4]}.{kbo[4:7]}.{kbo[7:]}" if kbo else ""


def written(moment: Moment) -> str:
    """A date as a spreadsheet of these parts shows it."""
    if moment.precision is Precision.OPEN:
        return "lopend"
    if moment.on is None:
        return ""
    if moment.precision is Precision.YEAR:
        return f"{moment.on:%Y}"
    return f"{moment.on:%m/%Y}" if moment.precision is Precision.MONTH else f"{moment.on:%d/%m/%Y}"


def amount(euro: float | None) -> str:
    """With a point for thousands and a comma for cents."""
    return "" if euro is None else f"{euro:,.2f}".translate(str.maketrans(",.", ".,"))


def _home(made: World) -> list[Org]:
    return [org for org in made.orgs.values() if org.home]


def organisations(made: World) -> Rows:
    yield (
        "Nr", "Naam", "KBO-nummer", "Soort", "Grootte", "KMO", "Straat", "Postcode", "Gemeente", "Land", "Website",
        "Opgericht", "Sectoren", "Opmerkingen",
    )  # fmt: skip
    for org in _home(made)[::3]:
        facts = org.facts
        sectors = "\n".join(made.themes[code][0].label_nl for code in org.themes)
        yield (
            org.id[1:], facts.name, number(facts.kbo), KINDS[facts.kind], SIZES[facts.size], TRUTHS[facts.sme],
            facts.street, facts.postcode, facts.municipality, facts.country, f"www.{facts.domain}",
            written(facts.founded), sectors, "",
        )  # fmt: skip


def people(made: World) -> Rows:
    yield (
        "Voornaam", "Familienaam", "E-mail", "Gsm", "Telefoon", "Taal", "Organisatie", "KBO-nummer", "Functie",
        "Sinds", "Tot",
    )  # fmt: skip
    bridge = made.people[made.bridge]
    known = [one for one in made.people.values() if one.facts.email and made.orgs[one.jobs[0].org].home]
    for one in [*(one for one in known[::4] if one is not bridge), bridge]:
        given, _, surname = one.facts.name.partition(" ")
        spoken = {"nl": "Nederlands", "en": "Engels", "fr": "Frans"}[one.facts.languages[0]]
        for job in one.jobs:
            org = made.orgs[job.org].facts
            yield (
                given, surname, one.facts.email, "", one.facts.phone, spoken, org.name, number(org.kbo), job.role,
                written(job.period.start), written(job.period.end),
            )  # fmt: skip


def participations(made: World) -> Rows:
    yield ("KBO-nummer", "Organisatie", "Lidmaatschap", "Type", "Van", "Tot", "Bijdrage", "Status")
    dice = Dice("fees")
    for doing in (doing for doing in made.doings if doing.facts.kind == "membership"):
        member = doing.parts[1]
        org, period = made.orgs[member.actor].facts, doing.facts.period
        paying = member.role == "member"
        fee = dice.pick([450.0, 1_250.0, 2_500.0]) if paying else None
        yield (
            number(org.kbo), org.name, f"Lidmaatschap {org.name}", "effectief lid" if paying else "toegetreden lid",
            written(period.start), written(period.end), amount(fee), "opgezegd" if period.end.on else "actief",
        )  # fmt: skip


def projects(made: World) -> Rows:
    yield (
        "Dossier", "Acroniem", "Titel", "Start", "Einde", "Totale kost", "Programma", "Uitdaging", "Penhouder",
        "Partners", "Thema",
    )  # fmt: skip
    for doing in [doing for doing in made.doings if doing.facts.kind == "project"][::3]:
        facts = doing.facts
        lead, *others = (made.orgs[id].facts.name for id in doing.orgs())
        yield (
            f"D-{doing.id[1:]}", facts.acronym, facts.title, written(facts.period.start), written(facts.period.end),
            amount(facts.budget_eur), facts.programme, facts.societal_challenge, lead, "\n".join(others),
            ", ".join(made.themes[code][0].label_nl for code in doing.themes),
        )  # fmt: skip


def attendance(made: World) -> Rows:
    """One event, dates in American order as registration programs give them, two who did not come."""
    yield (
        "Attendee no.", "Order no.", "Event ID", "Event Name", "Event Date", "Ticket Type", "First Name", "Last Name",
        "Email", "Company", "Attendee Status",
    )  # fmt: skip
    event = next(doing for doing in made.doings if doing.facts.title == "Schakelavond 2025")
    on = event.facts.period.start.on or date.min
    came = [made.people[part.actor] for part in event.parts if part.actor.startswith("p") and part.role != "organiser"]
    for place, one in enumerate(came):
        given, _, surname = one.facts.name.partition(" ")
        status = "Not Attending" if place == 4 else "Refunded" if place == 7 else "Attending"
        yield (
            f"{90_000_000 + place}", f"{80_000_000 + place // 2}", "77000000001", event.facts.title,
            f"{on:%m/%d/%y} 18:30", "Gratis", given, surname, one.facts.email, _employer(made, one, on), status,
        )  # fmt: skip


def _employer(made: World, one: Someone, on: date) -> str:
    return next((made.orgs[job.org].facts.name for job in one.jobs if job.held(on)), "")


def grants(made: World) -> Rows:
    yield (
        "Dossiernummer", "Titel", "Ingediend", "Beslist", "Beslissing", "Toegekend", "Uitbetaald", "Verslag tegen",
        "Regeling", "Aanvrager", "KBO-nummer", "Project",
    )  # fmt: skip
    doings = {doing.id: doing for doing in made.doings}
    for asking in made.askings[::3]:
        facts, org = asking.facts, made.orgs[asking.applicants[0]].facts
        paid_for = doings[asking.funds].id if asking.funds else ""
        yield (
            f"S-{asking.id[1:]}", facts.title, written(facts.applied), written(facts.decided),
            DECISIONS[facts.decision], amount(facts.amount_eur), amount(facts.paid_eur), written(facts.report_due),
            made.schemes[asking.scheme].name, org.name, number(org.kbo), f"D-{paid_for[1:]}" if paid_for else "",
        )  # fmt: skip


def cordis_projects(made: World) -> Rows:
    """In the layout of CORDIS, every column of it, with numbers that it does not give out."""
    yield (
        "id", "acronym", "status", "title", "startDate", "endDate", "totalCost", "ecMaxContribution", "legalBasis",
        "topics", "ecSignatureDate", "frameworkProgramme", "masterCall", "subCall", "fundingScheme", "nature",
        "objective", "contentUpdateDate", "rcn", "grantDoi",
    )  # fmt: skip
    for place, doing in enumerate(_european(made)):
        facts, period = doing.facts, doing.facts.period
        given = sum(part.amount or 0.0 for part in doing.parts)
        yield (
            f"{999_900_000 + place}", facts.acronym, "SIGNED", facts.title, str(period.start.on), str(period.end.on),
            f"{facts.budget_eur or 0:.2f}".replace(".", ","), f"{given:.2f}".replace(".", ","), "HORIZON.2.1", "", "",
            "HORIZON", "", "", "HORIZON-RIA", "", "Een verzonnen project.", "2026-09-30 12:00:00",
            f"{99_990_000 + place}", "",
        )  # fmt: skip


def cordis_organizations(made: World) -> Rows:
    yield (
        "projectID", "projectAcronym", "organisationID", "vatNumber", "name", "shortName", "SME", "activityType",
        "street", "postCode", "city", "country", "nutsCode", "geolocation", "organizationURL", "contactForm",
        "contentUpdateDate", "rcn", "order", "role", "ecContribution", "netEcContribution", "totalCost",
        "endOfParticipation", "active",
    )  # fmt: skip
    kinds = {"company": "PRC", "knowledge_institution": "REC", "government": "PUB"}
    for place, doing in enumerate(_european(made)):
        for order, part in enumerate(doing.parts, start=1):
            org = made.orgs[part.actor].facts
            given = f"{part.amount or 0:.2f}".replace(".", ",")
            vat, sme = f"BE{org.kbo}" if org.kbo else "", {True: "true", False: "false", None: ""}[org.sme]
            yield (
                f"{999_900_000 + place}", doing.facts.acronym, f"{int(part.actor[1:]):09}",
                vat, org.name.upper(), "", sme,
                kinds.get(org.kind, "OTH"), org.street, org.postcode, org.municipality.upper(), org.country,
                org.nuts3, f"({org.lat},{org.lon})", f"http://www.{org.domain}", "", "2026-09-30 12:00:00",
                f"{1_990_000 + int(part.actor[1:])}", str(order), part.role, given, given, "", "false", "",
            )  # fmt: skip


def _european(made: World) -> list[Doing]:
    return [doing for doing in made.doings if doing.facts.programme == EUROPEAN]
