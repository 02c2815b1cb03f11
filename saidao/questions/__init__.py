"""Questions about rankings and plans, a module each: how they depend on what nobody knows, and why they are so.

A verb of the command line is the module of its name; what several of them share stands beside them.
"""
