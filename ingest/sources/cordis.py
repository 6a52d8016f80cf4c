"""stub"""
class CordisSource:
    pass
