import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { SheetPage } from '@/estate/inventory/SheetPage';

export const Route = createFileRoute('/_app/estate/sheet')({
  beforeLoad: needs('estate.read'),
  validateSearch: (search: Record<string, unknown>): { area_id?: string } =>
    search.area_id ? { area_id: String(search.area_id) } : {},
  component: () => <SheetPage area={Route.useSearch().area_id} />,
});
