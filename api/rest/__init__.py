"""The routes of the REST interface: a module for each thing that people ask for."""
