"""QCVN 102 (edXML): headers of documents and status messages. No XML library is used elsewhere."""
