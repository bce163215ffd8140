"""The export as HL7 FHIR R4: one module for each part of it, put together in `bundle`."""
