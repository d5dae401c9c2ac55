"""What columns are called in exports, in six languages: phrases for each role, the likeliest first.

From the field names of ServiceNow, Jira, Zendesk, Freshdesk, Salesforce, OTRS and GLPI, of call
centre reports, and from dictionaries; a phrase is a list of words that all stand in a column's
name, without accents.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from scenarios.calibrate.reading.words import UNITS, words

Content = Literal["date", "count", "flag", "duration", "score", "text", "number"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NOISE = _words(
    """date time datetime timestamp at on utc gmt local the of de di da do del della la le el l d
    am um dem der die das zum den il lo du des a o y e und and ticket tickets incident incidents
    case cases issue issues request requests anfrage anfragen vorgang fall caso casi casos
    incidencia incidencias incidente incidentes demande demandes chamado chamados richiesta
    richieste solicitud solicitudes segnalazione sys datum fecha data zeit zeitpunkt hora heure ora
    uhrzeit task iso total count anzahl numero number num nombre no nr n number der von
    """
)


_TIME_NOISE = _NOISE | {"in", "calendar", *UNITS}


@dataclass(frozen=True)
class Role:
    """What a column may be, what it is called, and what must stand in it."""

    contents: tuple[Content, ...]
    tiers: tuple[str, ...]
    """Phrases parted by commas; those of the first tier are likelier than those of the next."""
    not_with: str = ""
    """Words with which a name means something else."""
    noise: frozenset[str] = field(default=_NOISE, repr=False)

    @cached_property
    def phrases(self) -> tuple[tuple[int, frozenset[str]], ...]:
        """Every phrase with its tier."""
        return tuple(
            (tier, frozenset(words(phrase)))
            for tier, line in enumerate(self.tiers)
            for phrase in line.split(",")
        )

    @cached_property
    def refused(self) -> frozenset[str]:
        """The words of ``not_with``."""
        return frozenset(self.not_with.split())

    def fit(self, name: tuple[str, ...]) -> tuple[int, int, int] | None:
        """How badly a name fits: words too many, tier, and fewer words in common; None if not."""
        held = frozenset(name)
        noise = _TIME_NOISE if "duration" in self.contents else self.noise
        if held & self.refused:
            return None
        fits = [
            (len(held - phrase - noise), tier, -len(phrase))
            for tier, phrase in self.phrases
            if phrase <= held
        ]
        best = min(fits, default=None)
        return best if best is not None and best[0] <= 2 else None  # noqa: PLR2004  else a chance hit


_FEW_NOISE = _words("the of de di da do del la le el der die das")

CASE_ROLES: dict[str, Role] = {
    "case": Role(
        ("text", "count"),
        (
            """ticket id, ticket number, ticket no, ticket nr, ticketid, ticketnumber, case
            number, case id, caseid, incident number, incident id, issue key, request id,
            number, key, ticket, incident, case, ticketnummer, vorgangsnummer, vorgang,
            fallnummer, numero ticket, numero caso, id caso, numero incidencia, numero, folio,
            numero demande, numero chamado, protocolo, id ticket, incidencia, chamado, caso,
            richiesta, numero richiesta, nummer, call id, case key, sr number""",
            """issue id, id, nr, no, n, reference, ref, referenz, referencia, kennung, key, sys
            id, case concept name""",
        ),
        not_with="""parent customer contact account user agent group assignee problem linked count
        reopen company organization organisation requester caller external phone order kunde
        kunden""",
        noise=_FEW_NOISE,
    ),
    "opened": Role(
        ("date",),
        (
            """opened, open, created, create, creation, submitted, submit, reported, logged,
            raised, registered, received, eroffnet, eroffnung, eroffnungsdatum, geoffnet,
            erstellt, erstellung, erstelldatum, erstellungsdatum, erfasst, erfassungsdatum,
            angelegt, anlagedatum, eingang, eingangsdatum, eingegangen, gemeldet, meldedatum,
            creado, creada, creacion, abierto, abierta, apertura, registrado, registro, alta,
            cree, creee, ouvert, ouverture, ouverte, declare, creato, creata, creazione,
            aperto, aperta, inserito, inserimento, registrata, criado, criada, criacao, aberto,
            aberta, abertura, entrada, geoeffnet, eroeffnet, aangemaakt, geopend""",
            """sys created, started, start, begin, beginn, inizio, inicio, debut, requested,
            entered, launched""",
            "date, datum, fecha, data, timestamp, datetime, zeitpunkt, time",
        ),
        not_with="""closed close resolved due updated modified first last reopen reopened expected
        planned by end response hours minutes purchase birth kauf geburt compra achat acquisto
        nascimento""",
    ),
    "resolved": Role(
        ("date",),
        (
            """resolved, resolution, solved, resolve, gelost, geloest, losung, losungsdatum,
            behoben, erledigt, resuelto, resuelta, resolucion, solucionado, solucion, resolu,
            resolue, risolto, risolta, risoluzione, resolvido, resolvida, resolucao, solucao,
            opgelost, fixed""",
            "first resolved, first solved",
            """completed, finished, done, completion, first completed, fertig, fertiggestellt,
            completado, completada, termine, terminado, completato, concluido, concluida,
            finalizado""",
            "last resolved, last solved, end, ende, fin, fine, fim",
        ),
        not_with="""due target status code notes sla planned expected estimated by reopened updated
        modified action""",
    ),
    "closed": Role(
        ("date",),
        (
            """closed, close, closing, closure, geschlossen, abschluss, abgeschlossen,
            abschlussdatum, schliessung, schliessdatum, cerrado, cerrada, cierre, ferme,
            fermee, fermeture, cloture, cloturee, clos, chiuso, chiusa, chiusura, fechado,
            fechada, fechamento, encerrado, encerrada, encerramento, gesloten""",
        ),
        not_with="due target code notes by planned expected",
    ),
    "updated": Role(
        ("date",),
        (
            """updated, last updated, modified, last modified, last activity, last change,
            changed, last, aktualisiert, geandert, anderung, letzte anderung, actualizado,
            actualizada, modificado, mis jour, maj, modifie, aggiornato, modificato,
            atualizado, atualizada, sys updated""",
        ),
        not_with="by resolved closed first requester",
    ),
    "responded": Role(
        ("date",),
        (
            """first response, first responded, first reply, first replied, responded, first
            answer, answered, initial response, acknowledged, erste antwort, erstantwort,
            reaktion, primera respuesta, premiere reponse, prima risposta, primeira resposta""",
        ),
        not_with="due target status sla",
    ),
    "due": Role(
        ("date",),
        (
            """due, due by, deadline, sla due, resolve by, resolution due, target, sla target,
            fallig, falligkeit, faellig, frist, vencimiento, limite, echeance, scadenza,
            vencimento, prazo""",
        ),
        not_with="first response met breached",
    ),
    "reopened": Role(
        ("count", "flag", "date"),
        (
            """reopen count, reopened, reopen, reopens, reopenings, reopening, re opened,
            wiedereroffnet, wiedereroffnungen, wiedereroffnung, wiederoffnungen, reabierto,
            reabierta, reapertura, reaperturas, rouvert, rouverte, reouvert, reouverture,
            reouvertures, riaperto, riaperta, riapertura, riaperture, reaberto, reaberta,
            reabertura, reaberturas""",
        ),
        not_with="by rate percent",
    ),
    "sla_met": Role(
        ("flag",),
        (
            """made sla, sla met, met sla, within sla, in sla, sla status, sla compliance, sla
            compliant, resolution status, resolution sla, sla eingehalten, sla erfullt, sla
            cumplido, cumple sla, dentro sla, cumplimiento sla, sla respecte, respect sla, sla
            rispettato, sla cumprido, slm status, milestone status""",
            """sla, on time, in time, fristgerecht, sla result, resolution sla status, slm real time
            status, slm, service target, slo met, slo""",
        ),
        not_with="""breached violated missed overdue due response first name policy verletzt
        vencido""",
    ),
    "sla_breached": Role(
        ("flag",),
        (
            """sla breached, sla breach, breached, has breached, sla violated, sla violation, sla
            missed, sla verletzt, sla uberschritten, sla incumplido, sla depasse, sla violato,
            sla violado, milestone violated, milestone violation, milestone missed, violated, slo
            breached, service target breached, target missed""",
            "overdue, breach, violation, verspatet, vencido",
        ),
        not_with="response first",
    ),
    "resolution_time": Role(
        ("duration",),
        (
            """resolution time, time to resolve, time to resolution, full resolution, resolve,
            resolution, ttr, mttr, calendar duration, calendar stc, time to solve, losungszeit,
            durchlaufzeit, tiempo resolucion, temps resolution, delai resolution, tempo
            risoluzione, tempo resolucao, solution in min, solutioninmin, resolve time""",
            """duration, dauer, duracion, duree, durata, duracao, age, first resolution, elapsed,
            close, time to close, total, lead time, cycle time, business duration, business
            stc, laufzeit""",
        ),
        not_with="""first_response due status target remaining estimate estimated percent rate
        customer user person agent""",
    ),
    "answer_time": Role(
        ("duration",),
        (
            """first response, first reply, first response time, time to first response, response,
            time to respond, initial response, reaktionszeit, antwortzeit, primera respuesta,
            tiempo respuesta, premiere reponse, delai reponse, prima risposta, tempo risposta,
            primeira resposta, tempo resposta, speed of answer, asa, answer""",
        ),
        not_with="due status target resolution percent rate",
    ),
    "handling_time": Role(
        ("duration",),
        (
            """handle, handling, talk, aht, time spent, work, effort, time worked, worked, hours
            worked, aufwand, bearbeitungszeit, bearbeitung, gesprachszeit, esfuerzo, tiempo
            trabajo, gestion, temps passe, charge, tempo lavorazione, tempo gestao, esforco,
            billable""",
        ),
        not_with="estimate estimated remaining original percent rate",
    ),
    "csat": Role(
        ("score", "flag"),
        (
            """satisfaction score, csat, satisfaction rating, satisfaction, customer satisfaction,
            survey, survey result, survey score, rating, zufriedenheit, kundenzufriedenheit,
            bewertung, satisfaccion, valoracion, encuesta, note satisfaction, soddisfazione,
            valutazione, satisfacao, avaliacao, nps, feedback score""",
        ),
        not_with="comment reason date at sent",
    ),
    "first_contact": Role(
        ("flag",),
        (
            """first contact resolution, first contact, fcr, first call resolution, first call,
            one touch, resolved first contact, erstlosung, sofortlosung, primer contacto,
            premier contact, primo contatto, primeiro contato""",
        ),
    ),
    "was_resolved": Role(
        ("flag",),
        ("resolved, solved, was resolved, is resolved, gelost, resuelto, resolu, risolto",),
        not_with="first sla on in by at status",
    ),
    "answered": Role(
        ("flag",),
        (
            """answered, call answered, answered y n, taken, angenommen, beantwortet, atendida,
            contestada""",
        ),
        not_with="by at date time first",
    ),
}
"""Roles of the columns of a file with one row a case."""

PERIOD_ROLES: dict[str, Role] = {
    "period": Role(
        ("date", "count"),
        (
            """date, day, month, week, period, datum, tag, monat, woche, kalenderwoche, kw,
            zeitraum, periode, fecha, dia, mes, semana, periodo, jour, mois, semaine, data,
            giorno, mese, settimana, reporting month, calendar week, berichtsmonat, interval,
            interval start, datetime, timestamp, year month, jahr monat, monat jahr, fecha mes,
            start""",
            "index, day number, tag nr, row, number, nr, no",
        ),
        not_with="closed resolved due updated name of weekday wochentag",
    ),
    "year": Role(
        ("count",),
        ("year, jahr, ano, anno, annee, yr",),
    ),
    "units": Role(
        ("count",),
        (
            """incoming, offered, received, entered, inbound, incoming calls, calls offered,
            eingehend, eingegangen, eingegangene, eingang, eingange, angeboten, entrantes,
            recibidas, recibidos, ofrecidas, recus, recues, entrants, presentes, ricevute,
            ricevuti, entranti, offerte, recebidas, recebidos, oferecidas""",
            """created, opened, new, submitted, raised, logged, reported, neu, neue, eroffnet,
            eroffnete, erstellt, erstellte, creados, creadas, abiertos, abiertas, nuevos,
            nuevas, crees, creees, ouverts, ouvertes, nouveaux, nouvelles, creati, creata,
            aperti, aperte, nuovi, nuove, criados, criadas, abertos, abertas, novos, novas""",
            """volume, calls, total calls, tickets, cases, incidents, requests, contacts, chats,
            emails, anrufe, vorgange, anfragen, anzahl tickets, volumen, llamadas, casos,
            incidencias, solicitudes, appels, demandes, chiamate, richieste, volumi, chamadas,
            chamados, solicitacoes, units, transactions, orders, claims, invoices, aufkommen,
            menge, count, anzahl, cantidad, nombre, quantita, quantidade""",
        ),
        not_with="""answered handled abandoned closed resolved solved reopened rate percent per hour
        average avg missed lost open backlog within agents beantwortet abgebrochen verloren
        gelost geschlossen atendidas abandonadas perdidas resueltos cerrados traites repondus
        abandonnes resolus fermes risposte abbandonate risolti chiusi respondidas atendidos
        resolvidos fechados durchschnitt quote anteil reopen sla transferred outbound time zeit""",
    ),
    "answered": Role(
        ("count",),
        (
            """answered, handled, calls answered, calls handled, beantwortet, beantwortete,
            angenommen, angenommene, atendidas, atendidos, contestadas, repondus, traites,
            decroches, risposte, gestite, respondidas, taken""",
        ),
        not_with="rate percent within speed time average avg quote zeit",
    ),
    "abandoned": Role(
        ("count",),
        (
            """abandoned, lost, missed, abandons, abgebrochen, abgebrochene, verloren, verlorene,
            aufgelegt, abandonadas, perdidas, abandonados, abandonnes, perdus, abbandonate,
            perse, abandoned calls""",
        ),
        not_with="rate percent time average avg quote zeit sla",
    ),
    "closed": Role(
        ("count",),
        (
            """closed, resolved, solved, completed, gelost, geloste, geschlossen, geschlossene,
            erledigt, erledigte, resueltos, resueltas, cerrados, cerradas, resolus, resolues,
            fermes, clos, traites, risolti, risolte, chiusi, chiuse, resolvidos, resolvidas,
            fechados, fechadas, encerrados""",
        ),
        not_with="rate percent within sla first contact call time average avg quote zeit",
    ),
    "reopened": Role(
        ("count",),
        (
            """reopened, reopens, reopen count, wiedereroffnet, wiedereroffnete, reabiertos,
            reabiertas, rouverts, reouverts, riaperti, riaperte, reabertos, reabertas""",
        ),
        not_with="rate percent quote",
    ),
}
"""Roles of the columns of a file with one row a day, week or month."""

RATE_WORDS = _words(
    """rate ratio share percent pct percentage prozent quote anteil tasa taux tasso taxa porcentaje
    percentuale percentual pourcentage level sla sl fcr servicegrad servicelevel compliance
    erreichbarkeit nivel niveau livello nsl adherence occupancy auslastung utilization met within
    """
)
TIME_WORDS = _words(
    """asa aht att acw wait waiting talk hold handle handling time duration response resolution
    speed delay zeit dauer wartezeit gesprachszeit bearbeitungszeit tiempo espera duracion temps
    attente duree delai tempo attesa durata ttr mttr frt hours minutes seconds zeit losungszeit
    antwortzeit reaktionszeit resolve answer tme tma tmo dmt dmc
    """
)
SCORE_WORDS = _words(
    """csat nps ces score satisfaction rating zufriedenheit kundenzufriedenheit bewertung note
    satisfaccion valoracion soddisfazione valutazione satisfacao avaliacao quality qualitat points
    """
)
HIGH_WORDS = _words(
    """service level sl sla answer answered answering fcr first contact met within compliance
    servicegrad erreichbarkeit annahmequote servicelevel servicio servizio servico nivel niveau
    """
)
"""Rates that are usually near one: 0.94 is then no 0.94 per cent."""

TOTAL_WORDS = _words(
    """total totals subtotal sum all overall gesamt insgesamt alle summe gesamtsumme zwischensumme
    todos todas suma tous toutes ensemble totale totali tutti tutte somma soma totaal
    """
)
"""Words of a label whose row adds up other rows."""

UNIT_WORDS: dict[str, str] = {
    **dict.fromkeys(
        _words(
            """call calls anruf anrufe llamada llamadas appel appels chiamata chiamate chamada
            chamadas callcenter callcentre phone asa aht abandoned"""
        ),
        "call",
    ),
    **dict.fromkeys(
        _words("ticket tickets ticketnummer incident incidents inc issue issues helpdesk chamado"),
        "ticket",
    ),
    **dict.fromkeys(_words("chat chats"), "chat"),
    **dict.fromkeys(_words("claim claims schaden"), "claim"),
    **dict.fromkeys(_words("invoice invoices rechnung rechnungen factura facturas"), "invoice"),
    **dict.fromkeys(_words("order orders bestellung pedidos"), "order"),
    **dict.fromkeys(_words("case cases vorgang fall caso casos"), "case"),
}
"""What the unit of work is called, by words of column and file names."""
