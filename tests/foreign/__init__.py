"""Goal sheets that this program never wrote, as tests have them.

sheets   rows typed in a test, checked, and what is said of them
drawing  random sheets of our vocabulary, in the layouts that people choose
page     a sheet in the making, with the equations between its figures
chains   funnels of any stages, drawn with such a page
tables   months, channels and money, drawn with one
kinds    all that is drawn, by name
"""
