"""KPIs read plainly, one path and one month at a time, for the second computations of terms."""


def closes(path, month, every):
    """Whether this month is the last of a period of so many, or of the contract."""
    return (month + 1) % every == 0 or month == path.end - 1 or month == path.last


def readings(path, kpi, every, decimals):
    """By month, the reported KPI averaged over the period so far, weighted by completed units."""
    reported, units = path[f"reported.{kpi}"], path["completed"]
    read = []
    for month in range(path.months):
        first = month - month % every
        weighing = units[first : month + 1]
        if not sum(weighing):
            weighing = [1] * len(weighing)
        values = zip(reported[first : month + 1], weighing, strict=True)
        average = sum(value * weight for value, weight in values) / sum(weighing)
        read.append(average if decimals is None else round(average, decimals))
    return read


def as_good_as(path, kpi, value, level):
    """Whether a value is at a level or on its better side."""
    return value <= level if kpi in path.lower else value >= level


def on_target(path, kpi, every, decimals):
    """By month, whether the reading is on target."""
    read = zip(readings(path, kpi, every, decimals), path.target(kpi), strict=True)
    return [as_good_as(path, kpi, value, target) for value, target in read]


def misses(clause, path, kpi):
    """By month, how often a miss counts by its level and by how many came before; 0 on target."""
    read = readings(path, kpi, clause.measured_every, clause.decimals)
    met = on_target(path, kpi, clause.measured_every, clause.decimals)
    counted, in_a_row = [], 0
    for month in range(path.months):
        times = 0
        if not met[month]:
            times = 1
            for level in clause.levels:
                if level.kpi == kpi and not as_good_as(path, kpi, read[month], level.worse_than):
                    times = level.times
        if closes(path, month, clause.measured_every):
            in_a_row = 0 if met[month] else in_a_row + 1
            if clause.repeat and in_a_row:
                times *= clause.repeat[min(in_a_row, len(clause.repeat)) - 1]
        counted.append(times)
    return counted
