"""A workbook that people have worked in, brought up to date: what nobody touched follows the plan, what somebody changed stays."""
