"""edXML headers and status messages of QCVN 102:2016, both ways."""
