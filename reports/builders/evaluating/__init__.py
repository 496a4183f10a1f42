"""What leaves the room beside the table itself: its workbook and the notice of an organ's result (A10.5)."""
