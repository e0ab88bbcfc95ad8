import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { ServicesPage } from '@/system/ServicesPage';
import { listSearch } from '@/ui/list/search';

export const Route = createFileRoute('/_app/services')({
  beforeLoad: needs('service.manage'),
  validateSearch: listSearch,
  component: ServicesPage,
});
