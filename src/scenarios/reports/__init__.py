"""Reports: a page a scenario, made without a person at the screen.

`batch.report` is the door. What a notebook imports (`job`, `sections`, `show`) stays clear of
papermill and nbconvert, so that a kernel starts fast.
"""
