"""A sweep of small edits through every distinct formula of a workbook, made and checked in one process.

`operators` makes the mutants of a formula, `bench` puts each into a workbook that is
read once and asks the checker, `judge` says, with inputs of its own and without the checker's
trials, whether a mutant that passed is another formula at all.
"""
