import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { ConsultationsPage } from '@/owners/consultations/ConsultationsPage';
import { listSearch } from '@/ui/list/search';

export const Route = createFileRoute('/_app/consultations/')({
  beforeLoad: needs('archive.consult'),
  validateSearch: listSearch,
  component: ConsultationsPage,
});
