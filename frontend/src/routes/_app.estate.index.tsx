import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { InventoryPage } from '@/estate/inventory/InventoryPage';

export const Route = createFileRoute('/_app/estate/')({
  beforeLoad: needs('estate.read'),
  component: InventoryPage,
});
