"""The question sets that ship with the product, one readable file each; their ids never change."""
