"""stub"""


class CordisSource:
    pass
