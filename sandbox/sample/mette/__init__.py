"""The case that the product was made for: Mette, 43, without work, with a depression, anxiety and a
bad back, a partner and a teenager at home. One module for each part of her plan.
"""
