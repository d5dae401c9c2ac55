"""The engine: streams of random numbers, worlds, and the simulation."""
