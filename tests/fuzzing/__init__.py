"""What tests of bad input share: how much of it, how it is made, and what it may cost."""
