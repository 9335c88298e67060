"""What we print: sheets as PDF from stored facts, with nothing decided anew."""
