"""Kalender: meetings and deadlines, one meeting and "jeg kan ikke", the phone's own calendar."""
