"""Public fakes that implement the ports, for tests of what is built on them; they keep the ports' contracts."""
