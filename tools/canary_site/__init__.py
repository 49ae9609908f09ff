"""What `make canary` does to the program from outside: keep what it removes, make it fail, make it leak."""
