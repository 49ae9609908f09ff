"""Where data is: files now, objects, topics and tables later. Each connector is a source and a sink of
`pratique.ports`.
"""
