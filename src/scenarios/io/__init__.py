"""Files: scenario files in, tables out, benchmarks; YAML and Excel only here."""
