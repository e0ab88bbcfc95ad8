import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { ConsultationPage } from '@/owners/consultations/ConsultationPage';

export const Route = createFileRoute('/_app/consultations/$id')({
  beforeLoad: needs('archive.consult'),
  component: () => <ConsultationPage {...Route.useParams()} />,
});
