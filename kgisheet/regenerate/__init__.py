"""Regeneration of a workbook that people have worked in: what nobody touched follows the plan, what somebody changed stays."""
