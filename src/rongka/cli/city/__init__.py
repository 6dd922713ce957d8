"""The demo city: agencies, staff and workers who do not exist, brought about by the commands that the desks use."""
