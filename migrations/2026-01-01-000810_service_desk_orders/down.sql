DROP TABLE work_order_late_notes, work_order_costs, work_order_results, work_order_dispatches, work_orders;
